/** The first line of a plan's bytes. Its number is raised when the shape of RenderPlan changes. */
export const planHead = 'laurel-plan 1\n';
