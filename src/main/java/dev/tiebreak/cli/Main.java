package dev.tiebreak.cli;

import dev.tiebreak.cli.statistics.AgreementCommand;
import dev.tiebreak.cli.statistics.RankCommand;
import dev.tiebreak.rlhf.WrongInputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/// The one door: `./tiebreak COMMAND` ends here.
///
/// Exit codes: 0 done; 2 the input, the settings or the surroundings are wrong, said in one line; 1 our own fault.
@Command(
        name = "tiebreak",
        description = "A human-preference annotation and RLHF data studio.",
        mixinStandardHelpOptions = true,
        version = "Tiebreak 0.1.0",
        subcommands = {
            RunCommand.class,
            PrepareCommand.class,
            ExportCommand.class,
            DeviceCommand.class,
            TokenizeCommand.class,
            TrainCommand.class,
            BenchCommand.class,
            ImportCommand.class,
            NewModelCommand.class,
            ConvertCommand.class,
            GenerateCommand.class,
            ScoreCommand.class,
            AgreementCommand.class,
            RankCommand.class,
            WorkerCommand.class
        })
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        CommandLineLog.toStandardError();
        int code = commandLine().execute(args);
        if (code != RunCommand.SERVING) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> !command.mixinStandardHelpOptions())
                .forEach(command -> command.mixinStandardHelpOptions(true)); // --help works everywhere
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(oneLine())
                .setParameterExceptionHandler((problem, arguments) -> {
                    String said = problem.getCommandLine().getParent() == null && arguments.length > 0
                            ? "there is no command or option '" + arguments[0] + "': see ./tiebreak --help"
                            : problem.getMessage();
                    problem.getCommandLine().getErr().println("tiebreak: " + said);
                    return 2;
                });
    }

    private static IExecutionExceptionHandler oneLine() {
        return (problem, commandLine, _) -> switch (problem) {
            case WrongInputException _, CommandException _ -> {
                commandLine.getErr().println("tiebreak: " + problem.getMessage());
                yield 2;
            }
            default -> {
                problem.printStackTrace(commandLine.getErr());
                yield 1;
            }
        };
    }
}
