package dev.tiebreak.cli;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;

/// Why the studio could not start, when that is something a person can mend.
final class StartFailure {
    private final String database;

    /// @param database the database as the person named it: its folder or its address
    StartFailure(String database) {
        this.database = database;
    }

    /// The one line a person sees; empty when the failure is our own fault.
    Optional<CommandException> explain(Throwable failure) {
        return causes(failure)
                .flatMap(cause -> Stream.ofNullable(line(cause)))
                .findFirst()
                .map(CommandException::new);
    }

    private @Nullable String line(Throwable cause) {
        return switch (cause) {
            case FlywayValidateException e ->
                "the tables in " + database + " are not those of this version of Tiebreak: " + firstLines(e, 2);
            case SQLException e -> ofDatabase(e);
            case PortInUseException e -> "cannot listen on port " + e.getPort() + ": choose another one with --port";
            case BindException e -> "the setting " + e.getName() + " is wrong: " + firstLines(rootOf(e), 1);
            case ConfigDataException e -> "the settings cannot be read: " + firstLines(e, 1);
            default -> null;
        };
    }

    private String ofDatabase(SQLException e) {
        Throwable root = rootOf(e);
        if (root instanceof UnknownHostException) {
            return "the database " + database + " cannot be reached: there is no host '" + root.getMessage() + "'";
        }
        return switch (Optional.ofNullable(e.getSQLState()).orElse("")) {
            case "08001", "08004", "08006" -> "the database " + database + " cannot be reached: " + firstLines(e, 1);
            case "28P01", "28000" -> "the database " + database + " refuses the user: " + firstLines(e, 1);
            case "90020" -> "the database " + database + " is in use by another process";
            case "90030", "90048" ->
                "the database " + database + " is damaged (" + firstLines(root, 1)
                        + "): put a copy back, or choose another folder with --data";
            default -> "the database " + database + " cannot be used: " + firstLines(e, 1);
        };
    }

    private static String firstLines(Throwable problem, int count) {
        String message = String.valueOf(problem.getMessage()).strip();
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(count)
                .reduce((one, next) -> one + " " + next)
                .orElse(problem.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }

    private static Throwable rootOf(Throwable failure) {
        return causes(failure).reduce((_, deeper) -> deeper).orElse(failure);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(50); // a cause may lead back to itself
    }
}
