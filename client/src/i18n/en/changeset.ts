export default {
  look: 'Look',
  field: 'Field',
  old: 'Listed now',
  new: 'Would be',
  kind: {
    new: 'New',
    changed: 'Changed',
    cancelled: 'Cancelled',
    confirmed: 'Confirmed',
    notSeen: 'Not seen',
  },
  kindNote: {
    new: 'Not listed yet.',
    changed: 'Listed with other values.',
    cancelled: 'Listed, and said to be off.',
    confirmed: 'Listed just so: only the date of the last sighting changes.',
    notSeen: 'Listed at a venue these images speak of, but not in them. Nothing changes unless you edit it.',
  },
  publish: {
    title: 'Publish',
    rest_one: 'Nobody decided on {{count}} show:',
    rest_other: 'Nobody decided on {{count}} shows:',
    leave_one: 'Leave it out',
    leave_other: 'Leave them out',
    clean_one: 'Take {{count}} that needs no look',
    clean_other: 'Take the {{count}} that need no look',
    all_one: 'Take it',
    all_other: 'Take all {{count}}',
    submit_one: 'Publish {{count}} show',
    submit_other: 'Publish {{count}} shows',
    note: 'All at once or not at all; it can be undone.',
    wasUndone: 'Published before and undone at {{at}}. It may be decided and published again.',
  },
  figures: {
    published: 'go to the list',
    edited: 'of them edited by you',
    skipped: 'skipped',
    left: 'left out, not decided',
  },
  published: {
    title: 'Published',
    text: 'At {{at}}. Everybody can see it.',
    toShows: 'See the list',
  },
  undo: {
    title: 'Undo the publication',
    sure: 'The list becomes again what it was before. Your decisions are kept.',
    yes: 'Undo it',
  },
  problem: {
    stale: {
      title: 'This has changed meanwhile',
      text: 'Somebody decided or published something since you looked. The page now shows how it is: look again, then repeat.',
    },
    undecided: {
      title: 'Nothing is accepted yet',
      text: 'Accept at least one show, or choose to take those that nobody decided on.',
    },
    conflict: {
      title: 'Two decisions do not go together',
      text: 'Look at the shows that are named below, and edit or skip one of them.',
    },
    builtUpon: {
      title: 'Later publications build upon this one',
      text: 'Undo those first, the newest first. They are on the page of runs.',
    },
    wrongState: {
      title: 'It is published or undone already',
      text: 'Somebody else was faster. The page now shows how it is.',
    },
  },
};
