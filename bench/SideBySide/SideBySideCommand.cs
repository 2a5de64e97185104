using System.CommandLine;
using SpotifyCore.SideBySide.Measuring;

namespace SpotifyCore.SideBySide;

/// <summary>The command line, as <c>bench/side-by-side.sh</c> passes it on.</summary>
internal static class SideBySideCommand
{
    private static readonly Option<string?> Only = new("--only")
    {
        Description = "One comparison, such as serve-depth1-tls, or the front of some names, such as serve",
    };

    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "Some two minutes in all; ends with 1 when all budgets of something are missed by more than half",
    };

    private static readonly Option<string?> Report = new("--report") { Description = "File for the figures, as JSON" };

    private static readonly Option<string?> Results = new("--results")
    {
        Description = "Document whose tables are written anew, such as bench/RESULTS.md",
    };

    private static readonly Option<string?> Profiles = new("--profile")
    {
        Description = "Directory for a profile of each side: a sample of its stacks, and its system calls",
    };

    private static readonly Option<string> Work = new("--work") { Hidden = true, Required = true };

    /// <summary>The command with its action.</summary>
    public static RootCommand Create()
    {
        Only.Validators.Add(static result =>
        {
            var names = Suites.All.SelectMany(static suite => suite.Names).ToList();
            if (result.GetValueOrDefault<string>() is { } only && !names.Exists(new NameFilter([only]).Takes))
                result.AddError($"There is no comparison '{only}'. There are: {string.Join(' ', names)}");
        });
        var command = new RootCommand("Measures the engine beside the programs and libraries of the field.")
        {
            Only, Quick, Report, Results, Profiles, Work,
        };
        command.SetAction(static (parsed, cancelled) => SideBySideRun.RunAsync(Read(parsed), cancelled));
        return command;
    }

    /// <summary>What a command line without errors asks for.</summary>
    public static SideBySideOptions Read(ParseResult parsed) => new(
        parsed.GetValue(Only),
        parsed.GetValue(Quick),
        parsed.GetValue(Work)!)
    {
        Report = parsed.GetValue(Report),
        Results = parsed.GetValue(Results),
        Profiles = parsed.GetValue(Profiles),
    };
}
