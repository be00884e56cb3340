export default {
  title: 'Shows',
  calendar: 'Calendar',
};
