package dev.tiebreak.studio.dataset;

import dev.tiebreak.studio.account.Role;
import java.util.Set;

/// A page that another room adds to every project; beans of this type become the project's tabs.
///
/// @param order   tabs stand by it, from left to right
/// @param segment last part of the path: the page is the route `projects/:projectId/<segment>`
/// @param roles   who sees the tab
public record ProjectTab(int order, String label, String segment, Set<Role> roles) {}
