package dev.tiebreak.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which database the studio works on: the one embedded in its data folder, or PostgreSQL, which the profile
/// `postgres` chooses, or the environment variable `TIEBREAK_DB_URL` alone.
sealed interface StudioDatabase {

    record Embedded() implements StudioDatabase {}

    record Postgres(String url) implements StudioDatabase {}

    /// @param springOptions Spring Boot's own options, such as `--spring.profiles.active=postgres`
    /// @throws CommandException when a profile is asked for that does not exist
    static StudioDatabase chosen(List<String> springOptions) {
        Optional<String> url = Optional.ofNullable(System.getenv("TIEBREAK_DB_URL"));
        List<String> profiles = setting(springOptions, "spring.profiles.active", "SPRING_PROFILES_ACTIVE").stream()
                .flatMap(names -> Stream.of(names.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        for (String profile : profiles) {
            if (!profile.equals("postgres")) {
                throw new CommandException("there is no profile '" + profile + "': the only one is postgres");
            }
        }
        if (profiles.isEmpty() && url.isEmpty()) {
            return new Embedded();
        }
        return new Postgres(setting(springOptions, "spring.datasource.url", "SPRING_DATASOURCE_URL")
                .or(() -> url)
                .orElse("jdbc:postgresql://localhost:5432/tiebreak"));
    }

    private static Optional<String> setting(List<String> springOptions, String name, String variable) {
        String option = "--" + name + "=";
        return springOptions.stream()
                .filter(each -> each.startsWith(option))
                .map(each -> each.substring(option.length()))
                .findFirst()
                .or(() -> Optional.ofNullable(System.getProperty(name)))
                .or(() -> Optional.ofNullable(System.getenv(variable)));
    }

    /// What makes Spring Boot take this database.
    default Stream<String> springOptions() {
        return switch (this) {
            case Embedded _ -> Stream.empty();
            case Postgres _ -> Stream.of("--spring.profiles.active=postgres");
        };
    }

    /// The database as a person would name it, without the password that an address may carry.
    default String name(DataFolder folder) {
        return switch (this) {
            case Embedded _ -> "in " + folder.path();
            case Postgres(String url) -> url.replaceFirst("\\?.*", "");
        };
    }
}
