package dev.tiebreak.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiebreak.studio.TiebreakApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/// The rooms of the studio use each other only as the README's table says.
class RoomsTest {
    /// The README has other tables; this one is headed by what a room is, does and may use.
    private static final String HEAD = "| room | duty | may use |";

    /// A row such as "| `quality` | the audit … | shell, account |".
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\|[^|\n]*\\|([^|\n]*)\\|");

    @Test
    void no_room_reaches_past_its_neighbours_doors() {
        ApplicationModules.of(TiebreakApplication.class).verify();
    }

    @Test
    void the_walls_in_the_code_are_those_of_the_readme() throws Exception {
        assertThat(wallsInTheCode()).isEqualTo(wallsInTheReadme());
    }

    private static Map<String, Set<String>> wallsInTheCode() throws ClassNotFoundException {
        Map<String, Set<String>> walls = new TreeMap<>();
        for (var room : ApplicationModules.of(TiebreakApplication.class)) {
            String name = room.getIdentifier().toString();
            ApplicationModule declared = Class.forName("dev.tiebreak.studio." + name + ".package-info")
                    .getAnnotation(ApplicationModule.class);
            assertThat(declared).as("room %s declares whom it may use", name).isNotNull();
            walls.put(name, new TreeSet<>(Set.of(declared.allowedDependencies())));
        }
        return walls;
    }

    private static Map<String, Set<String>> wallsInTheReadme() throws IOException {
        Map<String, Set<String>> walls = new TreeMap<>();
        var rows = ROW.matcher(tableOfRooms(Files.readString(Path.of("README.md"))));
        while (rows.find()) {
            Set<String> mayUse = new TreeSet<>();
            Arrays.stream(rows.group(2).split("[,;]"))
                    .map(String::strip)
                    .filter(name -> name.matches("\\w+"))
                    .forEach(mayUse::add);
            walls.put(rows.group(1), mayUse);
        }
        return walls;
    }

    private static String tableOfRooms(String readme) {
        int start = readme.indexOf(HEAD);
        assertThat(start).as("the README has the table '%s'", HEAD).isNotNegative();
        int end = readme.indexOf("\n\n", start);
        return readme.substring(start, end < 0 ? readme.length() : end);
    }
}
