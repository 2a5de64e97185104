using Microsoft.AspNetCore.Connections;
using SpotifyCore.Content.Limits;

namespace SpotifyCore.Contracts.Serving.Limits;

/// <summary>
/// A connection as its limits see it: a stranger's until a call on it shows who calls. Its members belong to
/// <see cref="ConnectionLimits"/>, under its lock.
/// </summary>
internal sealed class CallerConnection(ConnectionContext connection, Subnet network)
{
    public Subnet Network => network;

    /// <summary>Closes it when it says nothing; null once it is no stranger's.</summary>
    public ITimer? Silence { get; set; }

    /// <summary>Calls of a stranger that are under way.</summary>
    public int Calls { get; set; }

    /// <summary>Of those, the ones whose message is whole and that wait for the server.</summary>
    public int Answering { get; set; }

    /// <summary>True while it waits for the server, or since it is known who calls on it.</summary>
    public bool IsBusy => Answering > 0 || Silence is null;

    /// <summary>Closes it; what is said on it is lost.</summary>
    public void Abort(string reason) => connection.Abort(new ConnectionAbortedException(reason));
}
