/// The walls of the house, as tests that fail when one is broken.
@NullMarked
package dev.tiebreak.architecture;

import org.jspecify.annotations.NullMarked;
