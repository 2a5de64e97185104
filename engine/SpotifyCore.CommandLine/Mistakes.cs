using System.CommandLine;
using System.CommandLine.Parsing;
using SpotifyCore.Content.Names;

namespace SpotifyCore.CommandLine;

/// <summary>
/// Finds the mistakes of a command line: all that stand for themselves, or the one that explains the others.
/// System.CommandLine tells of all, and what is missing because a word was misspelt comes before the word.
/// </summary>
internal static class Mistakes
{
    /// <summary>A sentence each; none when all is right.</summary>
    public static IReadOnlyCollection<string> In(ParseResult parsed, IReadOnlyList<string> args) =>
        (UnknownOption(parsed, args) ?? GivenTwice(parsed)) is { } one ? [one] : Told(parsed);

    /// <summary>
    /// What looks like an option and is none: a word or a value takes it, where there is room for one. After <c>--</c>
    /// nothing is an option.
    /// </summary>
    private static string? UnknownOption(ParseResult parsed, IReadOnlyList<string> args)
    {
        var known = parsed.Tokens
            .Where(static token => token.Type == TokenType.Option)
            .Select(static token => token.Value)
            .ToHashSet(StringComparer.Ordinal);
        var unknown = args
            .TakeWhile(static arg => arg != "--")
            .Where(static arg => arg.StartsWith("--", StringComparison.Ordinal))
            .Select(static arg => arg.Split('=', ':')[0])
            .FirstOrDefault(name => !known.Contains(name));
        return unknown is null ? null : $"There is no option '{unknown}'.{Hint(unknown, OptionsOf(parsed))}";
    }

    private static IEnumerable<string> OptionsOf(ParseResult parsed)
    {
        for (SymbolResult? at = parsed.CommandResult; at is not null; at = at.Parent)
        {
            var options = (at as CommandResult)?.Command.Options ?? [];
            foreach (var option in options.Where(option => option.Recursive || at == parsed.CommandResult))
                yield return option.Name;
        }
    }

    private static string Hint(string typed, IEnumerable<string> known) =>
        NearestName.Of(typed, known) is { } meant ? $" Did you mean '{meant}'?" : "";

    /// <summary>An option of which only one value, or none, could count.</summary>
    private static string? GivenTwice(ParseResult parsed)
    {
        for (SymbolResult? at = parsed.CommandResult; at is not null; at = at.Parent)
        {
            var twice = (at as CommandResult)?.Children.OfType<OptionResult>().FirstOrDefault(static option =>
                option.IdentifierTokenCount > 1 && option.Option.Arity.MaximumNumberOfValues <= 1);
            if (twice is not null)
                return $"'{twice.Option.Name}' is given twice.";
        }

        return null;
    }

    /// <summary>What the parser and the validators say. Words that nothing takes come last, and explain the rest.</summary>
    private static string[] Told(ParseResult parsed)
    {
        var words = parsed.UnmatchedTokens.Count;
        var told = words == 0 ? parsed.Errors : parsed.Errors.Skip(parsed.Errors.Count - words).Take(1);
        var commands = parsed.CommandResult.Command.Subcommands.Select(static command => command.Name);
        var hint = words == 0 ? "" : Hint(parsed.UnmatchedTokens[0], commands);
        return [.. told.Select(error => (Unreadable(error) ?? error.Message) + hint).Distinct()];
    }

    /// <summary>A value of the wrong type, which the parser tells of in a programmer's words.</summary>
    private static string? Unreadable(ParseError told)
    {
        if (!told.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal)
            || told.SymbolResult is not { Tokens: [{ Value: var typed }, ..] } result)
            return null;

        var (taker, type) = result switch
        {
            OptionResult option => (option.Option.Name, option.Option.ValueType),
            ArgumentResult { Parent: OptionResult option } => (option.Option.Name, option.Option.ValueType),
            ArgumentResult argument => (argument.Argument.Name, argument.Argument.ValueType),
            _ => ("the command", typeof(string)),
        };
        return $"'{typed}' is not {FormOf(type)}, which {taker} takes.";
    }

    private static string FormOf(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Boolean => "true or false",
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number",
        >= TypeCode.SByte and <= TypeCode.UInt64 => "a whole number",
        _ => "a value of the kind",
    };
}
