/** The sizes of a topology's picture, in pixels, that its parts agree on. */

/** Between things, and around them. */
export const gap = 16;

/** The head of a deployment, a role, the balancer. */
export const titleHeight = 30;

/** The height of an endpoint. */
export const pill = 24;

/** The balancer, and the lines from it to the roles. */
export const leftWidth = 310;
