using System.Text.Json.Nodes;
using SpotifyCore.Simulator.Reporting;
using SpotifyCore.Simulator.Running;

namespace SpotifyCore.Simulator.Tests.Reporting;

public sealed class ReportJsonTests
{
    private static readonly SimulationReport Report = new()
    {
        Scenario = "paper",
        Seed = 7,
        Clients = 1_000,
        Hours = 24,
        Plays = 29_000,
        BytesShare = new BytesShare(0.554, 0.358, 0.08, 0.008),
        StartMs = new StartTimes(265, 515, 1_047, 2_000),
        StartClickMs = new StartTimes(390, 600, 1_200, 2_500),
        StutterShare = 0.01,
        FailedShare = 0.002,
        OverheadShare = 0.052,
        WastedShare = 0.1,
        Search = new SearchShare(0.751, 0.09, 0.07, 0.089),
        MasterShareOfServerRequests = 0.194,
        Events = 1_000_000,
        WallS = 12.5,
        PeakRssMb = 512,
    };

    [Fact]
    public void Write_AReport_HasThePromisedNamesInOrder()
    {
        var json = JsonNode.Parse(ReportJson.Write(Report))!.AsObject();

        Assert.Equal(
            "scenario seed clients hours plays bytes_share start_ms start_click_ms stutter_share failed_share "
                + "overhead_share wasted_share search master_share_of_server_requests events wall_s peak_rss_mb",
            Names(json));
        Assert.Equal("cache peers production master", Names(json["bytes_share"]!.AsObject()));
        Assert.Equal("p50 p75 p90 p99", Names(json["start_ms"]!.AsObject()));
        Assert.Equal("tracker_and_overlay tracker_only overlay_only none", Names(json["search"]!.AsObject()));

        static string Names(JsonObject part) => string.Join(' ', part.Select(entry => entry.Key));
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSame() => Assert.Equal(Report, ReportJson.Read(ReportJson.Write(Report)));
}
