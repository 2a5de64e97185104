using Microsoft.Extensions.DependencyInjection;
using SpotifyCore.Content.Files;
using SpotifyCore.Hosting.Options;

namespace SpotifyCore.Hosting.Running;

/// <summary>A directory that a host needs for itself alone while it runs, the one of its option DataDirectory.</summary>
/// <param name="Path">Where it is.</param>
public sealed record DataDirectory(string Path)
{
    private const string Option = nameof(DataDirectory);

    /// <summary>True where nobody but its owner may enter it when it is made here.</summary>
    public bool IsForOwnerAlone { get; init; }

    /// <summary>True where what works in it takes it: the host makes it and leaves the rest to that.</summary>
    public bool IsTakenByItsUser { get; init; }

    /// <summary>Makes it where it is not there.</summary>
    /// <exception cref="OptionsException">There can be no such directory; the message names the option.</exception>
    public void Make(StrictOptions options)
    {
        try
        {
            DurableFile.CreateDirectory(Path, IsForOwnerAlone);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Wrong(options, FileOnTheWay() is { } file ? $"'{file}' is no directory" : "it can't be made");
        }
    }

    /// <summary>Makes and takes all that are registered; the last taken is let go of first.</summary>
    /// <exception cref="OptionsException">One can't be made or written to.</exception>
    /// <exception cref="IOException">Another process has one; the message says which.</exception>
    internal static Stack<IDisposable> TakeAll(IServiceProvider services, StrictOptions options)
    {
        var taken = new Stack<IDisposable>();
        foreach (var directory in services.GetServices<DataDirectory>())
        {
            directory.Make(options);
            if (!directory.IsTakenByItsUser)
                taken.Push(directory.Take(options));
        }

        return taken;
    }

    private DirectoryLock Take(StrictOptions options)
    {
        try
        {
            return DirectoryLock.Take(Path);
        }
        catch (UnauthorizedAccessException)
        {
            throw Wrong(options, "it can't be written to");
        }
    }

    private OptionsException Wrong(StrictOptions options, string why) =>
        new($"{options.NameOf(Option)} can't be '{Path}': {why}");

    private string? FileOnTheWay()
    {
        for (var at = System.IO.Path.GetFullPath(Path); at is not null; at = System.IO.Path.GetDirectoryName(at))
        {
            if (File.Exists(at))
                return at;
        }

        return null;
    }
}
