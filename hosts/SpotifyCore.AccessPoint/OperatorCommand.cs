using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyCore.Backend;
using SpotifyCore.Backend.Billing.Webhooks;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Hosting.Options;
using SpotifyCore.Hosting.Running;

namespace SpotifyCore.AccessPoint;

/// <summary>
/// A command of the operator's on what an access point keeps: works beside a running one as without one, on the same data
/// directory.
/// </summary>
/// <param name="name">The command's first word.</param>
/// <param name="takes">What follows each of its second words.</param>
internal sealed class OperatorCommand(string name, IReadOnlyDictionary<string, string[]> takes)
{
    /// <summary>Options of the command's own.</summary>
    public Action<StrictOptions> Claim { get; init; } = static _ => { };

    /// <summary>Whether the command does something without a second word.</summary>
    public bool TakesNone { get; init; }

    /// <summary>Runs the command.</summary>
    /// <param name="program">The program.</param>
    /// <param name="args">Its command line.</param>
    /// <param name="act">Does what the words after the first mean, and says what it did.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(HostProgram program, string[] args, Func<string[], OperatorData, Task<string>> act)
    {
        string[] words = [.. args.Skip(1).TakeWhile(static word => !word.StartsWith('-'))];
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        var options = builder.UseStrictOptions(program, args[(words.Length + 1)..]);
        builder.BindOptions<BackendOptions>(options);
        builder.BindPart<BackendOptions, MailOptions>(options, "Mail", static backend => backend.Mail);
        builder.BindPart<BackendOptions, PlanOptions>(options, "Plans", static backend => backend.Plans);
        builder.BindPart<BackendOptions, BillingOptions>(options, "Billing", static backend => backend.Billing);
        builder.Services.AddBackend();
        options.Claim<ListenerOptions>();
        Claim(options);
        if (options.IsHelp)
            return await program.HelpAsync(options);

        options.Check();
        CheckWords(words);

        using var host = builder.Build();
        host.CheckOptions();
        await Console.Out.WriteLineAsync(await act(words, new OperatorData(host.Services, options)));
        return ExitCode.Done;
    }

    private void CheckWords(string[] words)
    {
        var all = string.Join(", ", takes.Keys);
        if (words.Length == 0)
        {
            if (TakesNone)
                return;

            throw new OptionsException($"{name} needs a command: {all}; --help explains them");
        }

        if (!takes.TryGetValue(words[0], out var wanted))
            throw new OptionsException($"there is no '{name} {words[0]}', only {all}; --help explains them");
        if (words.Length - 1 < wanted.Length)
            throw new OptionsException($"{name} {words[0]} needs {wanted[words.Length - 1]}; --help explains it");
        if (words.Length - 1 > wanted.Length)
        {
            throw new OptionsException(
                $"{name} {words[0]} has no use for '{words[wanted.Length + 1]}'; --help explains it");
        }
    }
}
