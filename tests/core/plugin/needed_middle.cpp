namespace plant {
int base();
[[gnu::visibility("default")]] int middle() { return base(); }
}  // namespace plant
