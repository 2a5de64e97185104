using SpotifyCore.Simulator.Plots;
using SpotifyCore.Simulator.Running;
using SpotifyCore.Simulator.Scenarios;

namespace SpotifyCore.Simulator.Commands;

/// <summary>Where results go.</summary>
internal static class OutputFiles
{
    /// <summary>True when a file and a folder (either may be null) can be written; makes the folder.</summary>
    public static bool CanWrite(string? file, string? folder, out string problem)
    {
        problem = "";
        try
        {
            if (file is not null)
                File.Open(file, FileMode.OpenOrCreate, FileAccess.Write).Dispose();

            if (folder is not null)
                Directory.CreateDirectory(folder);

            return true;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            problem = exception.Message;
            return false;
        }
    }

    /// <summary>True for what reading or writing a file can meet.</summary>
    public static bool IsRefusal(Exception exception) => exception
        is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    /// <summary>Writes the plots of a run.</summary>
    public static void WritePlots(string folder, RunOptions options, ScenarioRun run)
    {
        var (meter, name) = (run.Meter, options.Scenario.Name);
        Write("day", DayPlot.Draw(meter.Day, name));
        Write("start", StartPlot.Draw(meter.Starts, meter.ClickStarts, name));
        Write("swarm", SwarmPlot.Draw(meter.Swarms, name));

        void Write(string plot, string svg) => File.WriteAllText(Path.Combine(folder, $"{name}-{plot}.svg"), svg);
    }
}
