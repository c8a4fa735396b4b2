/** Of the picture that the verify page and shared links show, in pixels. */
export const pictureWidth = 1200;
