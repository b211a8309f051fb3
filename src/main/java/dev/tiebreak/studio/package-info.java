/// The studio: a Spring Boot application whose rooms are the packages below.
@NullMarked
package dev.tiebreak.studio;

import org.jspecify.annotations.NullMarked;
