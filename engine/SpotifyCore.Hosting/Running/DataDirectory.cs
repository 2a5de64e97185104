using Microsoft.Extensions.DependencyInjection;
using SpotifyCore.Content.Files;

namespace SpotifyCore.Hosting.Running;

/// <summary>A directory that a host needs for itself alone while it runs.</summary>
/// <param name="Path">Where it is.</param>
public sealed record DataDirectory(string Path)
{
    /// <summary>Takes all that are registered; the last taken is let go of first.</summary>
    /// <exception cref="IOException">Another process has one; the message says which.</exception>
    internal static Stack<IDisposable> TakeAll(IServiceProvider services)
    {
        var taken = new Stack<IDisposable>();
        foreach (var directory in services.GetServices<DataDirectory>())
            taken.Push(DirectoryLock.Take(directory.Path));

        return taken;
    }
}
