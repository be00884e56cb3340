/** Where exports get their pictures (`PictureOf`): the gallery's threads, which `runs` does not import. */
export const PICTURE_SOURCE = Symbol('PictureSource');
