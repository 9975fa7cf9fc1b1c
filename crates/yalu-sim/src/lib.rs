//! Event kernel, trains, border procedures, cuts of wagons, shippers.
