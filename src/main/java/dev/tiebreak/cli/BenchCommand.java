package dev.tiebreak.cli;

import dev.tiebreak.cli.statistics.BenchStatisticsCommand;
import picocli.CommandLine.Command;

/// What things take on this machine. `bench board` and `bench load` live with the tests; the start script knows
/// them.
@Command(
        name = "bench",
        description =
                "Measures training steps (train), the statistics (statistics), the comparison board in a browser (board),"
                        + " or its server under a thousand annotators (load).",
        subcommands = {BenchTrainCommand.class, BenchStatisticsCommand.class})
final class BenchCommand {}
