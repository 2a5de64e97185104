using SpotifyCore.Client.Listening;
using SpotifyCore.Client.Running;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Composition;
using SpotifyCore.Playback.Output;
using SpotifyCore.Playback.Playing;

namespace SpotifyCore.Client;

/// <summary>What plays in a client, and what is kept, told and done of it. Everything on the loop.</summary>
internal sealed class ClientPlayback
{
    /// <summary>Actions of one event before their buffer grows.</summary>
    private const int ActionsAtOnce = 64;

    private ClientPlayback(ClientRuntime runtime, PlayerAdapter player, TrackDescriptions descriptions)
    {
        (Runtime, Player, Descriptions) = (runtime, player, descriptions);
        Commands = new PlaybackCommands(runtime, player, descriptions);
    }

    /// <summary>Runs the core.</summary>
    public ClientRuntime Runtime { get; }

    /// <summary>The player.</summary>
    public PlayerAdapter Player { get; }

    /// <summary>What tracks are called.</summary>
    public TrackDescriptions Descriptions { get; }

    /// <summary>What a listener does.</summary>
    public PlaybackCommands Commands { get; }

    /// <summary>Keeps it on disk; null when it is not kept.</summary>
    public PlaybackSaver? Saver { get; private init; }

    /// <summary>Makes the core and starts the player, which plays nothing yet.</summary>
    /// <param name="options">The client's.</param>
    /// <param name="files">Key, and where it is kept.</param>
    /// <param name="context">The loop.</param>
    /// <param name="owned">Gives output and player back.</param>
    /// <exception cref="IOException">The output can't be had.</exception>
    public static ClientPlayback Start(
        SpotifyClientOptions options, ClientFiles files, LoopContext context, OwnedParts owned)
    {
        if (OpusCodecs.NoticeOf(options.Codec) is { } notice)
            ClientLog.CodecFallsBack(context.Logger, notice);

        var output = owned.Own(AudioOutputs.Open(options.Output, context.Time));
        (options.Core.Self, options.Core.IsPaced) = (files.Identity.Id, output.IsRealTime);
        var runtime = new ClientRuntime(
            new ClientCore(options.Core, context.Slots),
            new ActionBuffer(ActionsAtOnce),
            context.Time.GetInstant,
            (action, failure) => ClientLog.ActionFailed(context.Logger, action.GetType().Name, failure));
        var descriptions = new TrackDescriptions(runtime);
        var saver = files.Playback is { } kept ? new PlaybackSaver(kept, descriptions, runtime, context) : null;
        var playing = new PlayerOptions { Loudness = options.Loudness, Codec = options.Codec };
        var player = owned.Own(new PlayerAdapter(
            listener => new Player(output, playing, listener, context.Time), runtime, context, descriptions, saver));
        return new ClientPlayback(runtime, player, descriptions) { Saver = saver };
    }
}
