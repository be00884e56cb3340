import type changeset from '../en/changeset.ts';
import type { Translated } from '../resources.ts';

const texts: Translated<typeof changeset> = {
  look: 'Mirar',
  field: 'Campo',
  old: 'Publicado ahora',
  new: 'Quedaría',
  kind: {
    new: 'Nuevos',
    changed: 'Cambiados',
    cancelled: 'Cancelados',
    confirmed: 'Confirmados',
    notSeen: 'No vistos',
  },
  kindNote: {
    new: 'Aún no están en la lista.',
    changed: 'En la lista con otros valores.',
    cancelled: 'En la lista, y dicen que se canceló.',
    confirmed: 'En la lista tal cual: solo cambia la fecha en que se vio por última vez.',
    notSeen: 'En la lista en un local del que hablan estas imágenes, pero no en ellas. Nada cambia si no lo edita.',
  },
  publish: {
    title: 'Publicar',
    rest_one: 'Nadie ha decidido sobre {{count}} show:',
    rest_other: 'Nadie ha decidido sobre {{count}} shows:',
    leave_one: 'Dejarlo fuera',
    leave_other: 'Dejarlos fuera',
    clean_one: 'Incluir {{count}} sin dudas',
    clean_other: 'Incluir los {{count}} sin dudas',
    all_one: 'Incluirlo',
    all_other: 'Incluir los {{count}}',
    submit_one: 'Publicar {{count}} show',
    submit_other: 'Publicar {{count}} shows',
    note: 'Todo a la vez o nada; se puede deshacer.',
    wasUndone: 'Ya se publicó y se deshizo el {{at}}. Se puede decidir y publicar de nuevo.',
  },
  figures: {
    published: 'van a la lista',
    edited: 'de ellos editados por usted',
    skipped: 'omitidos',
    left: 'quedan fuera, sin decidir',
  },
  published: {
    title: 'Publicado',
    text: 'El {{at}}. Todo el mundo lo puede ver.',
    toShows: 'Ver la lista',
  },
  undo: {
    title: 'Deshacer la publicación',
    sure: 'La lista vuelve a ser la de antes. Sus decisiones se conservan.',
    yes: 'Deshacer',
  },
  problem: {
    stale: {
      title: 'Esto ha cambiado entretanto',
      text: 'Alguien decidió o publicó algo desde que usted miró. La página muestra ya cómo está: mire de nuevo y repita.',
    },
    undecided: {
      title: 'Aún no hay nada aceptado',
      text: 'Acepte al menos un show, o elija incluir los que nadie ha decidido.',
    },
    conflict: {
      title: 'Dos decisiones no encajan',
      text: 'Mire los shows que se nombran abajo y edite u omita uno de ellos.',
    },
    builtUpon: {
      title: 'Publicaciones posteriores se apoyan en esta',
      text: 'Deshágalas primero, empezando por la más reciente. Están en la página de lecturas.',
    },
    wrongState: {
      title: 'Ya está publicado o deshecho',
      text: 'Alguien se adelantó. La página muestra ya cómo está.',
    },
  },
};
export default texts;
