using System.CommandLine;
using System.Text.Json;
using SpotifyCore.Simulator.Sessions;

namespace SpotifyCore.Simulator.Commands;

/// <summary>Plays a session that real desktops played (tests/RealLines), to hold the simulation against them.</summary>
internal static class SessionCommand
{
    private static readonly Option<string> Session = new("--session")
    {
        Description = "What the listeners did, JSON lines",
        Required = true,
    };

    private static readonly Option<string> Tracks = new("--tracks")
    {
        Description = "The import's log with the lengths of the tracks, JSON lines",
        Required = true,
    };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Everything follows from it; 1 unless set",
        DefaultValueFactory = static _ => 1,
    };

    private static readonly Option<string?> Report = new("--report")
    {
        Description = "File for the report, JSON; standard output unless set",
    };

    /// <summary>The command with its action.</summary>
    public static Command Create()
    {
        var command = new Command("session", "Plays a session of tests/RealLines on simulated lines like those there")
        {
            Session, Tracks, Seed, Report,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        try
        {
            var tracks = SessionJson.ReadTracks(File.ReadLines(parsed.GetValue(Tracks)!));
            var steps = SessionJson.ReadSteps(File.ReadLines(parsed.GetValue(Session)!), tracks);
            var seed = parsed.GetValue(Seed);
            var replay = new SessionReplay(tracks, steps.Select(step => step.Desktop).DefaultIfEmpty(1).Max(), seed);
            var report = SessionReport.Of(seed, replay.Run(steps));
            Write(JsonSerializer.Serialize(report, SessionJson.Default.SessionReport), parsed.GetValue(Report));
            return replay.Violations == 0 ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (Exception exception) when (exception is InvalidDataException || OutputFiles.IsRefusal(exception))
        {
            Console.Error.WriteLine("spotifycore-simulate: " + exception.Message);
            return ExitCodes.Misused;
        }
    }

    private static void Write(string text, string? file)
    {
        if (file is null)
            Console.WriteLine(text);
        else
            File.WriteAllText(file, text + "\n");
    }
}
