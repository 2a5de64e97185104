using System.CommandLine;
using SpotifyCore.Simulator.Scenarios;

namespace SpotifyCore.Simulator.Commands;

/// <summary>Options that several commands have.</summary>
internal sealed class SharedOptions
{
    public SharedOptions()
    {
        var names = string.Join(", ", ScenarioBook.All.Select(scenario => scenario.Name));
        Scenario = new Option<string>("--scenario") { Description = "One of " + names, Required = true };
        Vary.Description = "An assumption changed, name=value: " + string.Join(", ", Variation.Names);
        Scenario.Validators.Add(result =>
        {
            if (ScenarioBook.Find(result.GetValueOrDefault<string>() ?? "") is null)
                result.AddError($"--scenario must be one of {names}");
        });
        Check(Clients, static clients => clients is >= 20 and <= 200_000, "--clients must be 20 to 200000");
        Check(Hours, static hours => hours is > 0 and <= 24, "--hours must be more than 0 and at most 24");
        Check(WarmUp, static hours => hours is >= 0 and <= 6, "--warm-up must be 0 to 6");
        Vary.Validators.Add(static result =>
        {
            foreach (var text in result.GetValueOrDefault<string[]>() ?? [])
            {
                if (!Variation.TryParse(text, out _))
                    result.AddError($"--vary: '{text}' is not name=value with a known name; see --help");
            }
        });
    }

    public Option<string> Scenario { get; }

    public Option<int> Clients { get; } = new("--clients")
    {
        Description = "Clients in the world, online or not; 1000 unless set",
        DefaultValueFactory = static _ => 1_000,
    };

    public Option<double> Hours { get; } = new("--hours")
    {
        Description = "Hours measured, 24 unless set; less than a day lies around the evening's peak",
        DefaultValueFactory = static _ => 24,
    };

    public Option<double> WarmUp { get; } = new("--warm-up")
    {
        Description = "Hours before that, not measured; 1 unless set",
        DefaultValueFactory = static _ => 1,
    };

    public Option<ulong> Seed { get; } = new("--seed")
    {
        Description = "Everything follows from it; 1 unless set",
        DefaultValueFactory = static _ => 1,
    };

    public Option<string[]> Vary { get; } = new("--vary") { AllowMultipleArgumentsPerToken = true };

    /// <summary>What a command line asks for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="scenario">The scenario of a command that does not ask for one.</param>
    public RunOptions Read(ParseResult parsed, string? scenario = null)
    {
        var varied = (parsed.GetValue(Vary) ?? []).Select(text => Variation.TryParse(text, out var one) ? one : null!);
        Variation[] variations = [.. varied];
        return new RunOptions
        {
            Scenario = ScenarioBook.Find(scenario ?? parsed.GetValue(Scenario)!)!,
            Clients = parsed.GetValue(Clients),
            Hours = parsed.GetValue(Hours),
            WarmUpHours = parsed.GetValue(WarmUp),
            Seed = parsed.GetValue(Seed),
            Vary = model => variations.Aggregate(model, static (changed, variation) => variation.Apply(changed)),
        };
    }

    private static void Check<T>(Option<T> option, Predicate<T?> isRight, string otherwise) =>
        option.Validators.Add(result =>
        {
            if (!isRight(result.GetValueOrDefault<T>()))
                result.AddError(otherwise);
        });
}
