using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Client.Tests.Running;

/// <summary>Ports that note what they are asked for, and do what a test wants of them meanwhile.</summary>
internal sealed class RecordingPorts : IChunkStore, IPeerNetwork, IAccessPoint, IPlayer, IWakeTimer, IChunkVerifier
{
    public List<string> Asked { get; } = [];

    /// <summary>Called with each name; counts, and does nothing else, where nothing is set.</summary>
    public Action<string>? On { get; set; }

    public ClientPorts Ports => new(this, this, this, this, this);

    public bool Matches(int slot, Manifest manifest, uint index, int length) => true;

    public void AskPresence(in AskPresence asked) => Note(nameof(AskPresence));

    public void Read(in ReadChunk read) => Note(nameof(Read));

    public void Store(in StoreChunk chunk) => Note(nameof(Store));

    public void QueryHeld(in QueryHeld query) => Note(nameof(QueryHeld));

    public void OpenKept(in OpenKept opening) => Note(nameof(OpenKept));

    public void Keep(in KeepChunk chunk) => Note(nameof(Keep));

    public void EndKeeping(in EndKeeping ended) => Note(nameof(EndKeeping));

    public void Connect(in Connect connect) => Note(nameof(Connect));

    public void Close(in CloseConnection close) => Note(nameof(Close));

    public void Send(in SendMessage send) => Note(nameof(Send));

    public void SendHit(in SendHit hit) => Note(nameof(SendHit));

    public void SendPart(in SendPart part) => Note(nameof(SendPart));

    public void SendChunk(in SendChunk chunk) => Note(nameof(SendChunk));

    public void Open(in OpenTrack track) => Note(nameof(Open));

    public void CheckHeld(in CheckHeld check) => Note(nameof(CheckHeld));

    public void FindPeers(in FindPeers find) => Note(nameof(FindPeers));

    public void AnnounceHeld(in AnnounceHeld held) => Note(nameof(AnnounceHeld));

    public void TellPlaying(in TellPlaying playing) => Note(nameof(TellPlaying));

    public void AskReverse(in AskReverse ask) => Note(nameof(AskReverse));

    public void Report(in ReportPeer report) => Note(nameof(Report));

    public void Deliver(in DeliverChunk chunk) => Note(nameof(Deliver));

    public void Reposition(in Reposition seek) => Note(nameof(Reposition));

    public void StartSounding(in StartSounding start) => Note(nameof(StartSounding));

    public void Load(in LoadPlay load) => Note(nameof(Load));

    public void Stop(in StopPlay stop) => Note(nameof(Stop));

    public void SetOutput(in SetOutput output) => Note(nameof(SetOutput));

    public void Close(in ClosePlay closed) => Note("ClosePlay");

    public void WakeAt(Instant at) => Note(nameof(WakeAt));

    private void Note(string name)
    {
        Asked.Add(name);
        On?.Invoke(name);
    }
}
