/* A library that a plugin needs. */
double plant_factor(void);
double plant_factor(void) { return 2; }
