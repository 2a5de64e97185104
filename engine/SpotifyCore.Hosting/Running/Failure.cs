using Microsoft.Extensions.Options;
using SpotifyCore.Hosting.Options;

namespace SpotifyCore.Hosting.Running;

/// <summary>What a failed program says: one line for a person.</summary>
internal static class Failure
{
    /// <summary>Why something failed, in one line, without what only a programmer can read.</summary>
    public static string Describe(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: var several } =>
            string.Join("; ", several.Select(Describe).Distinct(StringComparer.Ordinal)),
        OptionsValidationException wrong => OneLine(string.Join("; ", wrong.Failures)),
        TypeInitializationException { InnerException: { } inner } => Describe(inner),
        ArgumentException { ParamName: { Length: > 0 } name } wrong =>
            OneLine(wrong.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)),
        _ => OneLine(failure.Message),
    };

    /// <summary>True when the settings are to blame, not the run.</summary>
    public static bool IsMisuse(Exception failure) => failure is OptionsException or OptionsValidationException
        || (failure is AggregateException { InnerExceptions: var several } && several.All(IsMisuse));

    /// <summary>What validators of options said, for who set them.</summary>
    /// <param name="failure">Such as <see cref="IsMisuse"/> is true of.</param>
    /// <param name="options">Where they were set.</param>
    public static OptionsException OfOptions(Exception failure, StrictOptions options) =>
        new(string.Join("; ", Complaints(failure, options).Distinct(StringComparer.Ordinal)));

    /// <summary>True when something was only given up.</summary>
    public static bool IsCancellation(Exception failure) => failure is OperationCanceledException
        || (failure is AggregateException { InnerExceptions: var several } && several.All(IsCancellation));

    private static IEnumerable<string> Complaints(Exception failure, StrictOptions options) => failure switch
    {
        AggregateException { InnerExceptions: var several } => several.SelectMany(one => Complaints(one, options)),
        OptionsValidationException wrong => wrong.Failures.Select(said => options.Explain(wrong.OptionsType, said)),
        _ => [Describe(failure)],
    };

    private static string OneLine(string message) =>
        string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
