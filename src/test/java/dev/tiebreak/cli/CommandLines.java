package dev.tiebreak.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/// Runs a command as `./tiebreak` would, in this process.
public final class CommandLines {

    private CommandLines() {}

    public record Said(int code, String out, String err) {}

    public static Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        int code = commandLine.execute(arguments);
        return new Said(code, out.toString(), err.toString());
    }
}
