namespace SpotifyCore.Backend.Accounts;

/// <summary>An account can't be made as asked; the message says why and is meant for people.</summary>
internal sealed class AccountException(string message) : Exception(message);
