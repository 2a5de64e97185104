using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Contracts.Tests.Echo;

/// <summary>A server of Echo, ours or a foreign one, on a free port of loopback or a socket of its own.</summary>
public abstract class EchoPeer : IAsyncLifetime
{
    /// <summary>Most bytes of a message that every peer takes.</summary>
    public const int MaxMessageBytes = 16 << 20;

    public string Address { get; protected set; } = "";

    public PeerId? ServerId { get; protected set; }

    public EndpointChannel Connect(int maxMessageBytes = MaxMessageBytes) =>
        new(new EndpointChannelOptions { Address = Address, ServerId = ServerId, MaxMessageBytes = maxMessageBytes });

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();
}
