package dev.tiebreak.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The one door: `./tiebreak COMMAND` ends here.
@Command(
        name = "tiebreak",
        description = "A human-preference annotation and RLHF data studio.",
        mixinStandardHelpOptions = true,
        subcommands = {})
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
