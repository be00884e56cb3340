export default {
  title: 'Read images',
};
