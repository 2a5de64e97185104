using System.CommandLine;
using System.CommandLine.Parsing;
using SpotifyCore.Cli.Finding;
using SpotifyCore.Content.Names;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary>The part of a command line that says which tracks are meant.</summary>
internal sealed class WantedTracks
{
    private readonly Argument<string[]> _words;

    private readonly Option<bool> _album = new("--album", "-a")
    {
        Description = "The words name an album: all of it, in its order",
    };

    private readonly Option<bool> _artist = new("--artist", "-A")
    {
        Description = "The words name an artist: all tracks, by album",
    };

    private readonly Option<int> _choose = new("--choose", "-n")
    {
        Description = "Of several that match, the one with this number in the list", HelpName = "NUMBER",
    };

    /// <summary>For a command that wants so many words.</summary>
    public WantedTracks(ArgumentArity arity)
    {
        _words = new Argument<string[]>("WORDS")
        {
            Description = "Words of a title, an artist or an album; or ids of tracks; or both, in any order",
            Arity = arity,
        };
        _words.Validators.Add(CheckWords);
        _choose.Validators.Add(static result =>
            WholeNumbers.Check(result, 1, int.MaxValue, "is no number of the list; they begin with 1."));
    }

    /// <summary>Words say something.</summary>
    public static void CheckWords(ArgumentResult result)
    {
        if (result.Tokens.Count > 0 && !result.Tokens.Any(static token => NameMatch.IsName(token.Value)))
            result.AddError("There is no word in that; write some of a title, an artist or an album.");
    }

    /// <summary>Adds the words and their options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_words);
        command.Add(_album);
        command.Add(_artist);
        command.Add(_choose);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_album) && result.GetValue(_artist))
                result.AddError("The words name an album or an artist, not both.");
            else if (!IsNamed(result) && IsChosen(result))
                result.AddError("Which one? There are no words behind the options.");
        });
    }

    private bool IsChosen(CommandResult result) =>
        result.GetValue(_album) || result.GetValue(_artist) || result.GetResult(_choose) is not null;

    /// <summary>Whether anything was named.</summary>
    public bool IsNamed(ParseResult parsed) => parsed.GetValue(_words) is { Length: > 0 };

    /// <summary>As the other, of a command that is being checked.</summary>
    public bool IsNamed(CommandResult result) => result.GetValue(_words) is { Length: > 0 };

    /// <summary>The tracks that are meant; asks who typed it where several things match.</summary>
    /// <exception cref="ListenerException">Nothing matches, or several things do and nobody could be asked.</exception>
    public Task<Found> FindAsync(ParseResult parsed, Desktop.DesktopClient desktop, CancellationToken cancellationToken)
    {
        var kind = parsed.GetValue(_album) ? CandidateKind.Album
            : parsed.GetValue(_artist) ? CandidateKind.Artist
            : CandidateKind.Track;
        var chooser = new Chooser(
            Console.In, Console.Error, isInteractive: !Console.IsInputRedirected && !Console.IsErrorRedirected)
        {
            Chosen = parsed.GetValue(_choose),
        };
        return new TrackFinder(desktop, chooser).FindAsync(parsed.GetValue(_words)!, kind, cancellationToken);
    }
}
