using SpotifyCore.Client;
using SpotifyCore.Testing.Locks;

namespace SpotifyCore.Client.Tests;

/// <summary>No lock is missing.</summary>
public sealed class LockTests
{
    [Fact]
    public void Fields_Guarded_AreUsedUnderTheLock() => LockAssert.Holds(typeof(SpotifyClient).Assembly, new LockRules
    {
        Only =
        [
            "UploadLedger._written", "PlaybackSaver._written", "PresenceStream._port", "PresenceStream._held",
            "PresenceStream._notices", "PresenceStream._open", "PresenceStream._isPlaying",
            "PresenceStream._wantedAt", "PlayerAdapter._progress", "PlayerAdapter._isPosted",
        ],
        Free = new Dictionary<string, string>
        {
            ["AccessPointClient.Account"] = "whoever shows it may be late",
            ["AccessPointClient.EndedAccount"] = "whoever shows it may be late",
            ["AccessPointClient.TakenBy"] = "whoever shows it may be late",
            ["AccessPointClient._listener"] = "the client has one, whoever is logged in",
            ["OfflineContact._timer"] = "set once, when the client starts",
            ["OfflineContact._renewed"] = "a contact too many, or some minutes later, harms nobody",
            ["OfflineFiles.Damaged"] = "set once, when the client starts",
            ["OfflineLibrary.Lost"] = "as above",
            ["OutsidePort.get_Mapped"] = "whoever shows it may be late",
        },
        Needed = new Dictionary<string, string>
        {
            ["KeptTracks.Find"] = "a file is not deleted for what another has put in its place",
            ["KeptTracks.Drop"] = "as above",
            ["OfflineFiles.Complete"] = "a file is not named whole while it is deleted",
            ["OfflineFiles.Remove"] = "as above",
            ["OfflineContact.InTurnAsync"] = "what the access point is told and what is kept change together",
            ["KeptTracks.Clear"] = "nothing is written into a directory that goes",
            ["AccessPointClient.LogInAsync"] = "logins and logouts take turns",
            ["AccessPointClient.LogOutAsync"] = "as above",
            ["AccessPointClient.DisposeAsync"] = "as above",
        },
    });
}
