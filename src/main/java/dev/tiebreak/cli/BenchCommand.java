package dev.tiebreak.cli;

import dev.tiebreak.cli.statistics.BenchStatisticsCommand;
import picocli.CommandLine.Command;

/// What things take on this machine. `bench board` needs a browser and lives with the tests; the start script knows it.
@Command(
        name = "bench",
        description =
                "Measures training steps (train), the statistics (statistics), or the comparison board in a browser"
                        + " (board).",
        subcommands = {BenchTrainCommand.class, BenchStatisticsCommand.class})
final class BenchCommand {}
