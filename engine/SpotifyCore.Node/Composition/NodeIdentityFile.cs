using SpotifyCore.Hosting.Options;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Node.Composition;

/// <summary>A node's key in its data directory.</summary>
public static class NodeIdentityFile
{
    private const string Name = "identity.pem";

    /// <summary>Opens a node's key, which is made at first; the caller's.</summary>
    public static NodeIdentity Open(string data) => NodeIdentity.LoadOrCreate(Path.Combine(data, Name));

    /// <summary>
    /// The <c>id</c> command of a host: prints the node's id, making its key first if need be, so that lists of nodes
    /// can be written before any node starts.
    /// </summary>
    /// <exception cref="OptionsException">The data directory is not set.</exception>
    public static int Print(IReadOnlyList<string> args)
    {
        var options = new StrictOptions(OptionSources.Read(args)).Read<NodeOptions>();
        if (options.DataDirectory.Length == 0)
            throw new OptionsException("option 'DataDirectory' is needed: the node's data directory");

        using var identity = Open(options.DataDirectory);
        Console.Out.WriteLine(identity.Id);
        return 0;
    }
}
