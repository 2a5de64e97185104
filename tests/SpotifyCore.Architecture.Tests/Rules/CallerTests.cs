using SpotifyCore.Architecture.Tests.Code;

namespace SpotifyCore.Architecture.Tests.Rules;

/// <summary>What no program calls is not there.</summary>
public sealed class CallerTests
{
    /// <summary>Those that only tests call; the list only shrinks.</summary>
    private static readonly string[] Uncalled =
    [
        "SpotifyCore.Codec.Ogg.OpusTags.Read",
        "SpotifyCore.Content.Identity.ChunkId.Read",
        "SpotifyCore.Core.Actions.ActionBuffer.Of",
        "SpotifyCore.Core.Playing.PlaybackController.SnapshotAt",
        "SpotifyCore.Playback.Output.PortAudioOutput.Devices",
        "SpotifyCore.Protocol.Messages.PeerMessage.WithVersions",
        "SpotifyCore.Protocol.Sessions.SessionActions.AsSpan",
        "SpotifyCore.Protocol.Trust.TicketSigner.ExportPublicKey",
        "SpotifyCore.Simulator.Chance.Dice.Next",
        "SpotifyCore.Simulator.Chance.WeightedChoice.ShareOf",
        "SpotifyCore.Simulator.Reporting.ReportJson.Read",
    ];

    // ASP.NET Core finds it by its name.
    private const string Middleware = "InvokeAsync";

    [Fact]
    public void Methods_EachHasACaller()
    {
        var called = Product.Projects
            .SelectMany(static project => project.Types)
            .SelectMany(static type => type.Calls)
            .ToHashSet();
        Known.AssertOnly(Uncalled, Product.Projects
            .SelectMany(static project => project.Types)
            .Where(static type => !IsForOthers(type))
            .SelectMany(static type => type.Methods)
            .Where(method => !called.Contains(method) && method.Name is not ("Main" or Middleware))
            .Select(static method => $"{method}"));
    }

    /// <summary>What an embedder calls, and what tools that are not of this repository make or run.</summary>
    private static bool IsForOthers(Code.TypeCode type) =>
        (type.IsPublic && type.Name.Namespace is "SpotifyCore.Client" or "SpotifyCore.Contracts")
        || (type.Name.Assembly == "SpotifyCore.Micro"
            && type.Name.Name.EndsWith("Benchmarks", StringComparison.Ordinal));
}
