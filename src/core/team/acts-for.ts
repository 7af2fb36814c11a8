/**
 * Variable by which a process of plazcast's own is told for whom it acts. Whoever started it was asked already whether
 * she may: her roles are not looked at again.
 */
export const ACTS_FOR_VARIABLE = 'PLAZCAST_ACTS_FOR';
