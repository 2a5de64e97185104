namespace SpotifyCore.Protocol.Connections;

/// <summary>The memory of a connection, which it holds only while there is something in it.</summary>
/// <param name="ReceiveBytes">Bytes received at once.</param>
/// <param name="SendBytes">Bytes of frames that gather while others are on their way.</param>
public readonly record struct PeerConnectionLimits(int ReceiveBytes, int SendBytes);
