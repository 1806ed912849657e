// Where do pictures and fonts come from? From the program's own scheme; nothing is a file.
// `version` only makes the address new when the picture has changed (a revision, a counter).

/** Windows gives custom schemes an http address of this shape; the other systems keep the scheme. */
const ROOT = navigator.userAgent.includes("Windows") ? "http://lanthan.localhost" : "lanthan://localhost";

/** A small picture of an exhibit's first page, without its masks. */
export function thumbnail(dossier: string, exhibit: string, version: number | string = 0): string {
  return `${ROOT}/thumb/${dossier}/${exhibit}?v=${version}`;
}

/** A page of the original, for the mask editor; pages count from 1. */
export function originalPage(dossier: string, exhibit: string, page: number): string {
  return `${ROOT}/page/${dossier}/${exhibit}/${page}`;
}

/** A page of an earlier state of a paper; states and pages count from 1. */
export function revisionPage(dossier: string, exhibit: string, number: number, page: number): string {
  return `${ROOT}/revision/${dossier}/${exhibit}/${number}/${page}`;
}

/** A page as it would leave, masks burnt in; pages count from 1. */
export function cleanPage(dossier: string, exhibit: string, page: number, version: number | string): string {
  return `${ROOT}/clean/${dossier}/${exhibit}/${page}?v=${version}`;
}

/** A page of the last preview; `version` must be new for each preview. */
export function previewPage(page: number, version: number | string): string {
  return `${ROOT}/preview/${page}?v=${version}`;
}
