using SpotifyCore.Cli.Commands;
using SpotifyCore.Cli.Display;
using SpotifyCore.Contracts;

namespace SpotifyCore.Control.Tests.Cli;

public sealed class PositionTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("83", 83)]
    [InlineData("83.25", 83.25)]
    [InlineData("1:23", 83)]
    [InlineData("0:07.5", 7.5)]
    [InlineData("1:02:03", 3_723)]
    [InlineData("90:00", 5_400)]
    public void TryParse_WhatPeopleWrite_IsUnderstood(string text, double seconds)
    {
        Assert.True(Position.TryParse(text, out var position));
        Assert.Equal(seconds, position.TotalSeconds, 3);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("1:60")]
    [InlineData("1:-5")]
    [InlineData("1.5:00")]
    [InlineData("1:2:3:4")]
    [InlineData("1e3")]
    [InlineData("99999999")]
    [InlineData("NaN")]
    [InlineData("1:NaN")]
    [InlineData("Infinity")]
    [InlineData("∞")]
    [InlineData("-∞")]
    public void TryParse_Else_IsRefused(string? text) => Assert.False(Position.TryParse(text, out _));

    [Theory]
    [InlineData("1:23", 83)]
    [InlineData("+10", 70)]
    [InlineData("-10", 50)]
    [InlineData("-0:05", 55)]
    [InlineData("-1:30", 0)]
    public void SeekTarget_PlaceOrChange_IsReckonedFromWhereItIs(string text, int seconds) =>
        Assert.Equal(seconds, SeekTarget.Parse(text).From(new Status { PositionMs = 60_000 }).TotalSeconds);

    [Theory]
    [InlineData("+")]
    [InlineData("--5")]
    [InlineData("+soon")]
    [InlineData("")]
    public void SeekTarget_Else_IsRefused(string text) => Assert.False(SeekTarget.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(61_999, "1:01")]
    [InlineData(3_599_000, "59:59")]
    [InlineData(36_000_000, "10:00:00")]
    public void Format_Milliseconds_ReadsAsAClock(long milliseconds, string expected) =>
        Assert.Equal(expected, Position.Format(milliseconds));
}
