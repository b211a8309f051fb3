/// Signing in, choosing a password, and the administrator's list of people.
@NullMarked
package dev.tiebreak.studio.account.ui;

import org.jspecify.annotations.NullMarked;
