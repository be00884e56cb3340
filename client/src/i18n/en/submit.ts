export default {
  title: 'Submit a show',
};
