using SpotifyCore.Hosting.Options;
using SpotifyCore.Hosting.Running;
using SpotifyCore.Node.Configuration;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Node.Composition;

/// <summary>A node's key in its data directory.</summary>
public static class NodeIdentityFile
{
    private const string Name = "identity.pem";

    /// <summary>Opens a node's key, which is made at first; the caller's.</summary>
    public static NodeIdentity Open(string data) => NodeIdentity.LoadOrCreate(Path.Combine(data, Name));

    /// <summary>How the command is called, for <see cref="HostProgram.Commands"/>.</summary>
    public static readonly HostCommand Command = new("id", "Prints the node's id, before it has ever run.");

    /// <summary>True when a command line asks for the node's id instead of a run.</summary>
    public static bool IsAsked(IReadOnlyList<string> args) => args is ["id", ..];

    /// <summary>
    /// The <c>id</c> command of a host, all of whose options are claimed: prints the node's id, making its key first if
    /// need be, so that lists of nodes can be written before any node starts.
    /// </summary>
    /// <exception cref="OptionsException">An option is wrong, or the data directory is not set.</exception>
    public static async Task<int> PrintAsync(HostProgram program, StrictOptions options)
    {
        if (options.IsHelp)
            return await program.HelpAsync(options);

        options.Check();
        var node = options.Read<NodeOptions>();
        options.CheckComplete(node);
        new DataDirectory(node.DataDirectory).Make(options);
        using var identity = Open(node.DataDirectory);
        await Console.Out.WriteLineAsync(identity.Id.ToString());
        return ExitCode.Done;
    }
}
