/// The file formats an import understands, each read row by row. Apart from the room's door because they are many and
/// nobody else needs them.
@NullMarked
package dev.tiebreak.studio.dataset.format;

import org.jspecify.annotations.NullMarked;
