using System.Text;
using SpotifyCore.Hosting.Options;

namespace SpotifyCore.Hosting.Running;

/// <summary>What <c>--help</c> of a host prints.</summary>
internal static class OptionsHelp
{
    private const int Width = 100;
    private const string Indent = "      ";

    /// <summary>The whole text, its lines no longer than a terminal is wide.</summary>
    public static string Of(HostProgram program, StrictOptions options)
    {
        var help = new StringBuilder();
        help.AppendLine(program.Purpose).AppendLine().AppendLine($"usage: {program.Name} [options]");
        foreach (var command in program.Commands)
        {
            help.AppendLine($"       {program.Name} {command.Words} [options]");
            Wrap(help, "           ", command.Meaning);
        }

        help.AppendLine();
        Wrap(help, "", "Options come from appsettings.json in the working directory (or the file that --config names), where"
            + " a name has no dashes; then from the environment, where the names begin with"
            + $" {OptionSources.PrefixOf(program.Name)} and __ stands for a colon; then from the command line."
            + " The later goes before the earlier.");
        foreach (var option in options.Known)
            Append(help, Title(option), option.Description);

        Append(help, "--config FILE", "The settings file.");
        Append(help, "--help", "Prints this.");
        Append(help, "--version", "Prints the version.");
        return help.ToString();
    }

    private static string Title(OptionProperty option) =>
        $"{option.Name} {option.Form}"
        + (option.Default.Length > 0 ? $" [{option.Default}]" : option.IsRequired ? " (needed)" : "");

    private static void Append(StringBuilder help, string title, string description)
    {
        help.AppendLine().AppendLine($"  {title}");
        Wrap(help, Indent, description);
    }

    private static void Wrap(StringBuilder help, string indent, string text)
    {
        var length = 0;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (length > 0 && length + 1 + word.Length > Width)
            {
                help.AppendLine();
                length = 0;
            }

            help.Append(length == 0 ? indent : " ").Append(word);
            length += (length == 0 ? indent.Length : 1) + word.Length;
        }

        if (length > 0)
            help.AppendLine();
    }
}
