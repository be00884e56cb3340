/** Where the catalogue lives, for injection: a port has no class to name it by. */
export const CATALOGUE_STORE = Symbol('CatalogueStore');
