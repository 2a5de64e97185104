using SpotifyCore.Contracts;
using SpotifyCore.Protocol.Trust;
using SignedTicket = SpotifyCore.Protocol.Trust.Ticket;

namespace SpotifyCore.Client.Access;

/// <summary>The client's ticket, and the keys that check those of others. Safe for many threads.</summary>
internal sealed class TicketStore : IDisposable
{
    private volatile byte[] _ticket = [];

    /// <summary>Checks tickets of peers; knows no key before the login.</summary>
    public TicketVerifier Verifier { get; } = new();

    /// <summary>The ticket to show; empty before the login.</summary>
    public ReadOnlyMemory<byte> Ticket => _ticket;

    /// <summary>Whether what is chosen may be fetched with it; true where there is none.</summary>
    public bool AllowsFetching =>
        !SignedTicket.TryRead(_ticket, out var read) || read.Scope.HasFlag(TicketScope.Fetch);

    /// <summary>Called when there is a new ticket, on whichever thread brought it.</summary>
    public Action? Changed { get; set; }

    /// <summary>Takes the keys that the access point signs with now; others are forgotten.</summary>
    public void SetKeys(TicketKeys keys) => Verifier.SetKeys(
        [.. keys.Keys.Select(static key => KeyValuePair.Create(key.Id, key.PublicKey.ToByteArray()))]);

    /// <summary>Takes a new ticket.</summary>
    public void SetTicket(byte[] ticket)
    {
        _ticket = ticket;
        Changed?.Invoke();
    }

    /// <summary>Forgets the ticket.</summary>
    public void Clear() => SetTicket([]);

    /// <inheritdoc/>
    public void Dispose() => Verifier.Dispose();
}
