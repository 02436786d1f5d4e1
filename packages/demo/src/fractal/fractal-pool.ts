/** The handle of the fractal pool: the one that the reference's service and its user have by default. */
export const fractalPool = 'FractalGeneratorPool';
