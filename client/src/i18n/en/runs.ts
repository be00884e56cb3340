export default {
  title: 'Runs',
};
